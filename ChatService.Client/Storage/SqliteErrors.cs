using Microsoft.Data.Sqlite;

namespace ChatService.Client.Storage;

/// <summary>SQLite's result codes (sqlite.org/rescode.html) in words.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    public static ChatStoreException Translate(SqliteException e) => e.SqliteErrorCode switch
    {
        Busy or Locked => new(ChatStoreError.InUse, "The chat store is open in another process. Close it, or use another profile.", e),
        Full => new(ChatStoreError.Unavailable, "The disk is full: nothing of this change was saved. Make room and try again.", e),
        Corrupt or NotADatabase => new(ChatStoreError.UnknownFormat, "The file is damaged, or is not a chat store.", e),
        _ => new(ChatStoreError.Unavailable, $"The chat store cannot be read or written: {e.Message}", e),
    };
}
