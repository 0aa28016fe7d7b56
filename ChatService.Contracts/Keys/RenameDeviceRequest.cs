namespace ChatService.Contracts;

/// <param name="Name">1 to <see cref="Limits.NameLength"/> visible characters, shown to the owner only.</param>
public sealed record RenameDeviceRequest(string Name);
