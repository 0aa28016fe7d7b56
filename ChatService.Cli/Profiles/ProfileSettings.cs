namespace ChatService.Cli.Profiles;

/// <summary>What a profile remembers beside its store.</summary>
internal sealed record ProfileSettings(string Server);
