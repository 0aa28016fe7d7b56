using BenchmarkDotNet.Attributes;
using ChatService.Client.Encryption.Envelopes;

namespace ChatService.Benchmarks.Encryption;

/// <summary>A message on established sessions, state committed to memory.</summary>
[MemoryDiagnoser]
public class SealBenchmark
{
    private BenchmarkConversation _conversation = null!;

    [Params(1, 32)]
    public int Recipients { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        _conversation = await BenchmarkConversation.CreateAsync(Recipients);
        await _conversation.SettleAsync();
    }

    [Benchmark]
    public Task<SealedEnvelope> Seal() => _conversation.SealAsync([], commit: true);
}
