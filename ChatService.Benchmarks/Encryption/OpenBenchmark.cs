using BenchmarkDotNet.Attributes;
using ChatService.Client.Encryption.Envelopes;

namespace ChatService.Benchmarks.Encryption;

/// <summary>One device opens a message that was sealed for as many; not committed, so that the same one opens again.</summary>
[MemoryDiagnoser]
public class OpenBenchmark
{
    private BenchmarkConversation _conversation = null!;
    private SealedEnvelope _envelope = null!;

    [Params(1, 32)]
    public int Recipients { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        _conversation = await BenchmarkConversation.CreateAsync(Recipients);
        await _conversation.SettleAsync();
        _envelope = await _conversation.SealAsync([], commit: true);
    }

    [Benchmark]
    public Task<OpenedMessage> Open() => _conversation.OpenAsync(_conversation.Receivers[^1], _envelope, commit: false);
}
