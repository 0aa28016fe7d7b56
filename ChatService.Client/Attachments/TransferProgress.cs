namespace ChatService.Client.Attachments;

/// <summary>How far an upload or download has come, in bytes of ciphertext.</summary>
public readonly record struct TransferProgress(long Transferred, long Total);
