using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace ChatService.Client.Encryption.Attachments;

/// <summary>Reads a stream in full chunks, one ahead, so that the last one is known as the last.</summary>
internal sealed class ChunkReader(Stream stream, int chunkSize) : IDisposable
{
    private byte[] _current = new byte[chunkSize];
    private byte[] _next = new byte[chunkSize];

    /// <summary>At least one chunk, which is empty when the stream is. A chunk is valid until the next one is asked for.</summary>
    public async IAsyncEnumerable<(ReadOnlyMemory<byte> Chunk, bool IsFinal)> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var length = await FillAsync(_current, ct);
        bool isFinal;
        do
        {
            var nextLength = length < chunkSize ? 0 : await FillAsync(_next, ct);
            isFinal = nextLength == 0;
            yield return (_current.AsMemory(0, length), isFinal);
            (_current, _next) = (_next, _current);
            length = nextLength;
        }
        while (!isFinal);
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_current);
        CryptographicOperations.ZeroMemory(_next);
    }

    private async ValueTask<int> FillAsync(byte[] buffer, CancellationToken ct) =>
        await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
}
