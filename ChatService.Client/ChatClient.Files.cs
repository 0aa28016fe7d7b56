using ChatService.Client.Attachments;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Contracts;

namespace ChatService.Client;

/// <summary>Files: encrypted before they leave, decrypted after they came.</summary>
public sealed partial class ChatClient
{
    /// <summary>
    /// Sends a file of at most 25 MiB; completes when the server has it and its message. It is encrypted into the store first; from then
    /// on it gets there, also across a restart, and cancelling ends the wait only.
    /// </summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.TooLarge"/>; <see cref="ErrorCodes.RateLimited"/>, <see cref="ErrorCodes.LimitReached"/>: a quota of the server.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<ChatMessage> SendFileAsync(
        Conversation conversation, string path, string? caption = null, IProgress<TransferProgress>? progress = null, CancellationToken ct = default)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return await SendFileAsync(conversation, file, Path.GetFileName(path), null, caption, progress, ct);
    }

    /// <summary>As the other, from any stream, which is read to its end once.</summary>
    /// <param name="name">What the receivers see, and save it as.</param>
    /// <param name="mediaType">Null: by the name's extension.</param>
    public async Task<ChatMessage> SendFileAsync(
        Conversation conversation,
        Stream content,
        string name,
        string? mediaType = null,
        string? caption = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        mediaType ??= MediaTypes.Of(name);
        // Only what can be rewound is looked into: the first bytes tell how large a picture is.
        var size = content.CanSeek && mediaType.StartsWith("image/", StringComparison.Ordinal) ? await ImageSizeAsync(content, ct) : null;
        return await _parts.Uploads.SendAsync(
            conversation.Id,
            content,
            file => size is var (width, height) ? new ImageContent(file, width, height, caption) : new FileContent(file, caption),
            name,
            mediaType,
            progress,
            ct);
    }

    /// <summary>
    /// Writes a message's file to a stream. A download that was interrupted goes on where it was. Nothing is written before all of it has
    /// come and its digest is the one that the sender sealed.
    /// </summary>
    /// <exception cref="ChatException"><see cref="ErrorCodes.NotFound"/>: the server has it no more. <see cref="ClientErrorCodes.InvalidAttachment"/>:
    /// it was changed. <see cref="ErrorCodes.InvalidArgument"/>: the message carries no file.</exception>
    public Task DownloadAsync(ChatMessage message, Stream destination, IProgress<TransferProgress>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return _parts.Downloads.DownloadAsync(FileOf(message), destination, progress, ct);
    }

    /// <summary>Saves a message's file in a folder, under its name made safe (<see cref="SafeFileName"/>), and never over another file.</summary>
    /// <returns>Where it is.</returns>
    /// <exception cref="ChatException">As <see cref="DownloadAsync"/>.</exception>
    public async Task<string> SaveFileAsync(ChatMessage message, string folder, IProgress<TransferProgress>? progress = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var file = FileOf(message);
        var destination = SavedFile.Create(folder, SafeFileName.Of(file.Name));
        try
        {
            await using (destination)
                await DownloadAsync(message, destination, progress, ct);
            return destination.Name;
        }
        catch
        {
            File.Delete(destination.Name);
            throw;
        }
    }

    private static AttachmentInfo FileOf(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Attachment ?? throw new ChatException(ErrorCodes.InvalidArgument, "This message carries no file.");
    }

    private static async Task<(int Width, int Height)?> ImageSizeAsync(Stream content, CancellationToken ct)
    {
        var start = content.Position;
        var header = new byte[ImageSize.HeaderLength];
        var length = await content.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, ct);
        content.Position = start;
        return ImageSize.Of(header.AsSpan(0, length));
    }
}
