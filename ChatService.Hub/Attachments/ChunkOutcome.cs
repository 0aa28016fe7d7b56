namespace ChatService.Hub.Attachments;

/// <summary>What became of a chunk.</summary>
public enum ChunkOutcome
{
    /// <summary>It is there, now or since before.</summary>
    Stored,

    /// <summary>No such upload, or not this user's.</summary>
    NotFound,

    /// <summary>The upload has no such chunk, or one of another length.</summary>
    WrongPlaceOrLength,

    /// <summary>Other bytes are there already.</summary>
    Different,
}
