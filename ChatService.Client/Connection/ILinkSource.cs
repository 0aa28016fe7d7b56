namespace ChatService.Client.Connection;

/// <summary>Where the current connection comes from.</summary>
internal interface ILinkSource
{
    /// <summary>The current connection; waits while there is none.</summary>
    Task<IHubLink> LinkAsync(CancellationToken ct);

    /// <summary>The current connection, or null.</summary>
    IHubLink? Current { get; }
}
