using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Attachments;

/// <summary>Cuts what is written into chunks for the spool. Call <see cref="CompleteAsync"/> for the last one.</summary>
internal sealed class SpoolWriter(IChatStore store, Guid id) : Stream
{
    private readonly byte[] _chunk = new byte[Limits.AttachmentChunk];
    private int _filled;
    private int _index;

    public long Written { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Written;

    public override long Position
    {
        get => Written;
        set => throw new NotSupportedException();
    }

    public async Task CompleteAsync(CancellationToken ct)
    {
        if (_filled > 0)
            await PutAsync(ct);
    }

    /// <exception cref="ChatException"><see cref="ErrorCodes.TooLarge"/></exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Written += buffer.Length;
        if (Written > Limits.AttachmentCiphertext)
            throw FileUploads.TooLarge();
        while (!buffer.IsEmpty)
        {
            var taken = Math.Min(buffer.Length, _chunk.Length - _filled);
            buffer[..taken].CopyTo(_chunk.AsMemory(_filled));
            buffer = buffer[taken..];
            _filled += taken;
            if (_filled == _chunk.Length)
                await PutAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task PutAsync(CancellationToken ct)
    {
        await Spool.PutAsync(store, id, _index++, _chunk.AsMemory(0, _filled), ct);
        _filled = 0;
    }
}
