using BenchmarkDotNet.Attributes;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Keys;

namespace ChatService.Benchmarks.Encryption;

/// <summary>The first message to devices without a session: bundle checks, PQXDH and the ratchet's start.</summary>
[MemoryDiagnoser]
public class SessionStartBenchmark
{
    private BenchmarkConversation _conversation = null!;
    private PreKeyBundle[] _bundles = [];
    private SealedEnvelope _first = null!;

    [Params(1, 32)]
    public int Recipients { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        _conversation = await BenchmarkConversation.CreateAsync(Recipients);
        _bundles = _conversation.Bundles();
        _first = await _conversation.SealAsync(_bundles, commit: false);
    }

    [Benchmark]
    public Task<SealedEnvelope> Initiate() => _conversation.SealAsync(_bundles, commit: false);

    [Benchmark]
    public Task<OpenedMessage> Respond() => _conversation.OpenAsync(_conversation.Receivers[0], _first, commit: false);
}
