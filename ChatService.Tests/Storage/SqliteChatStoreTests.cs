using System.Security.Cryptography;
using ChatService.Client.Storage;
using Microsoft.Data.Sqlite;

namespace ChatService.Tests.Storage;

public sealed class SqliteChatStoreTests : ChatStoreTests, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.PathOf("profile/chat.db");

    public void Dispose() => _folder.Dispose();

    protected override async Task<IChatStore> OpenAsync() => await SqliteChatStore.OpenAsync(FilePath, ct: Ct);

    [Fact]
    public async Task What_was_committed_is_there_after_closing_and_opening_again()
    {
        await WriteAsync("a", "kept");
        await using var store = await OpenAsync();
        Assert.Equal("kept", await ReadAsync(store, "a"));
    }

    [Fact]
    public async Task A_crash_in_the_middle_loses_nothing_committed_and_keeps_nothing_else()
    {
        await using var store = await OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            await using var transaction = await store.BeginAsync(Ct);
            await transaction.PutAsync("table", $"a{i:00}", Bytes("committed"), Ct);
            await transaction.CommitAsync(Ct);
        }

        await using var unfinished = await store.BeginAsync(Ct);
        await unfinished.PutAsync("table", "a00", Bytes("unfinished"), Ct);
        await unfinished.DeleteAsync("table", "a01", Ct);

        // What the disk holds at this moment is what a crash would leave.
        var crashed = _folder.PathOf("crashed.db");
        File.Copy(FilePath, crashed);
        File.Copy(FilePath + "-wal", crashed + "-wal");
        File.Copy(FilePath + ".key", crashed + ".key");
        await using var recovered = await SqliteChatStore.OpenAsync(crashed, ct: Ct);
        for (var i = 0; i < 20; i++)
            Assert.Equal("committed", await ReadAsync(recovered, $"a{i:00}"));
    }

    [Fact]
    public async Task A_second_opener_is_told_and_the_file_is_free_after_the_first_has_closed()
    {
        await using (await OpenAsync())
        {
            var e = await Assert.ThrowsAsync<ChatStoreException>(OpenAsync);
            Assert.Equal(ChatStoreError.InUse, e.Error);
            Assert.Contains(FilePath, e.Message, StringComparison.Ordinal);
        }

        await (await OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps a user's files private by the rules of their profile folder.");
            return;
        }

        await using var store = await OpenAsync();
        await using var transaction = await store.BeginAsync(Ct);
        await transaction.PutAsync("table", "a", Bytes("a"), Ct);
        await transaction.CommitAsync(Ct);

        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var file in new[] { FilePath, FilePath + ".key", FilePath + "-wal", FilePath + ".lock" })
            Assert.Equal(ownerOnly, File.GetUnixFileMode(file));
        Assert.Equal(ownerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(FilePath)!));
    }

    [Fact]
    public async Task No_file_shows_a_value()
    {
        await WriteAsync("a", "a secret that must not be readable");
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(FilePath)!))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file, Ct)).AsSpan().IndexOf(Bytes("a secret")));
    }

    [Fact]
    public async Task A_value_that_is_moved_or_changed_outside_is_refused()
    {
        await WriteAsync("a", "alice");
        await WriteAsync("b", "bob");
        ExecuteOutside("UPDATE entry SET value = (SELECT value FROM entry WHERE key = 'b') WHERE key = 'a'; UPDATE entry SET value = zeroblob(50) WHERE key = 'b'");

        await using var store = await OpenAsync();
        foreach (var key in new[] { "a", "b" })
            Assert.Equal(ChatStoreError.Tampered, (await Assert.ThrowsAsync<ChatStoreException>(() => ReadAsync(store, key))).Error);
    }

    [Fact]
    public async Task A_given_key_opens_and_another_does_not()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        await (await SqliteChatStore.OpenAsync(FilePath, key, Ct)).DisposeAsync();
        await (await SqliteChatStore.OpenAsync(FilePath, key, Ct)).DisposeAsync();
        Assert.False(File.Exists(FilePath + ".key"));

        var other = await Assert.ThrowsAsync<ChatStoreException>(() => SqliteChatStore.OpenAsync(FilePath, RandomNumberGenerator.GetBytes(32), Ct));
        Assert.Equal(ChatStoreError.WrongKey, other.Error);
    }

    [Fact]
    public async Task A_lost_key_file_is_not_replaced_by_a_new_key()
    {
        await WriteAsync("a", "kept");
        var key = await File.ReadAllBytesAsync(FilePath + ".key", Ct);
        File.Delete(FilePath + ".key");
        Assert.Equal(ChatStoreError.WrongKey, (await Assert.ThrowsAsync<ChatStoreException>(OpenAsync)).Error);

        await File.WriteAllBytesAsync(FilePath + ".key", key, Ct);
        await using var store = await OpenAsync();
        Assert.Equal("kept", await ReadAsync(store, "a"));
    }

    [Fact]
    public async Task Another_kind_of_file_or_a_later_version_is_refused()
    {
        await WriteAsync("a", "kept");
        ExecuteOutside("PRAGMA user_version = 2");
        Assert.Equal(ChatStoreError.UnknownFormat, (await Assert.ThrowsAsync<ChatStoreException>(OpenAsync)).Error);

        var text = _folder.PathOf("notes.txt");
        await File.WriteAllTextAsync(text, new string('x', 4096), Ct);
        Assert.Equal(ChatStoreError.UnknownFormat, (await Assert.ThrowsAsync<ChatStoreException>(() => SqliteChatStore.OpenAsync(text, new byte[32], Ct))).Error);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        var file = _folder.PathOf("file");
        await File.WriteAllTextAsync(file, "", Ct);
        var e = await Assert.ThrowsAsync<ChatStoreException>(() => SqliteChatStore.OpenAsync(Path.Combine(file, "chat.db"), ct: Ct));
        Assert.Equal(ChatStoreError.Unavailable, e.Error);
    }

    private async Task WriteAsync(string key, string value)
    {
        await using var store = await OpenAsync();
        await using var transaction = await store.BeginAsync(Ct);
        await transaction.PutAsync("table", key, Bytes(value), Ct);
        await transaction.CommitAsync(Ct);
    }

    private static async Task<string?> ReadAsync(IChatStore store, string key)
    {
        await using var transaction = await store.BeginAsync(Ct);
        return Text(await transaction.GetAsync("table", key, Ct));
    }

    private void ExecuteOutside(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
