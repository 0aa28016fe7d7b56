using ChatService.Contracts;

namespace ChatService.Client.Connection;

/// <summary>One connection to a hub, from its opening to its end. The seam where tests put a scripted server.</summary>
internal interface IHubLink : IAsyncDisposable
{
    IChatHub Hub { get; }

    /// <summary>Completes when the connection is gone, with the reason if there is one. Never faults.</summary>
    Task<Exception?> Closed { get; }

    /// <summary>Completes when another connection should take over while this one still works: the token ends soon, or the server drains.</summary>
    Task ReplacementDue { get; }
}
