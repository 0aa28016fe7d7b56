using System.Security.Cryptography;
using ChatService.Client;
using ChatService.Client.Messages;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Client;
using ChatService.Tests.Scenarios;
using ChatService.Tests.Storage;
using Npgsql;

namespace ChatService.Tests.Attachments;

public sealed class FileTests(AppHostFixture stack)
{
    private const int Chunks = 6;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alice_sends_the_largest_file_on_one_hub_and_Bob_has_it_on_the_other_and_the_server_cannot_read_it()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var conversation = await alice.OpenAsync(bob);
        var file = RandomNumberGenerator.GetBytes(Limits.AttachmentSize);
        using var folder = new TemporaryFolder();

        var sent = await alice.Client.SendFileAsync(conversation, new MemoryStream(file), "../résumé.pdf", caption: "as you asked", ct: Ct);
        await Patience.UntilAsync(() => bob.Heard.Count == 1, "Bob hears of the file");
        var received = bob.Heard[0];

        Assert.Equal(new FileContent(received.Attachment!, "as you asked"), received.Content);
        Assert.Equal(("../résumé.pdf", "application/pdf", (long)file.Length), (received.Attachment!.Name, received.Attachment.MediaType, received.Attachment.Size));
        var path = await bob.Client.SaveFileAsync(received, folder.PathOf("saved"), ct: Ct);
        Assert.Equal(Path.Combine(folder.PathOf("saved"), "résumé.pdf"), path);
        Assert.Equal(file, await File.ReadAllBytesAsync(path, Ct));
        Assert.Equal(Path.Combine(folder.PathOf("saved"), "résumé (2).pdf"), await bob.Client.SaveFileAsync(received, folder.PathOf("saved"), ct: Ct));
        Assert.Equal(1L, await QueryAsync("SELECT count(*) FROM messages WHERE id = $1 AND type = 2", sent.Id));
        // 32 bytes of the file at any place in what the server has.
        Assert.Equal(0L, await QueryAsync("SELECT count(*) FROM attachment_chunks WHERE attachment_id = $1 AND position($2 IN bytes) > 0", received.Attachment.Id, file[1000..1032]));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_it_leaves_and_leaves_nothing_behind()
    {
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2));
        var conversation = await alice.Client.OpenDirectAsync(bob.Handle, Ct);

        var refused = await Assert.ThrowsAsync<ChatException>(() =>
            alice.Client.SendFileAsync(conversation, new MemoryStream(new byte[Limits.AttachmentSize + 1]), "large", ct: Ct));

        Assert.Equal(ErrorCodes.TooLarge, refused.Code);
        Assert.Empty(await alice.Client.PendingAsync(conversation.Id, Ct));
        // An empty one is a file too.
        var empty = await alice.Client.SendFileAsync(conversation, new MemoryStream(), "empty", ct: Ct);
        using var opened = new MemoryStream();
        await alice.Client.DownloadAsync(empty, opened, ct: Ct);
        Assert.Empty(opened.ToArray());
    }

    [Theory]
    [InlineData("UPDATE attachment_chunks SET bytes = set_byte(bytes, 100, get_byte(bytes, 100) # 1) WHERE attachment_id = $1 AND index = 1")]
    [InlineData("UPDATE attachment_chunks SET bytes = substring(bytes FROM 2) WHERE attachment_id = $1 AND index = 0")]
    [InlineData("UPDATE attachment_chunks SET bytes = (SELECT bytes FROM attachment_chunks WHERE attachment_id = $1 AND index = 0) WHERE attachment_id = $1 AND index = 1")]
    public async Task What_the_server_changed_cut_or_swapped_is_noticed_and_not_a_byte_of_it_is_taken(string attack)
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var conversation = await alice.OpenAsync(bob);
        using var folder = new TemporaryFolder();
        await SendAsync(alice.Client, conversation.Id, bob.Handle);
        await Patience.UntilAsync(() => bob.Heard.Count == 1, "Bob hears of the file");
        await QueryAsync(attack, bob.Heard[0].Attachment!.Id);

        using var destination = new MemoryStream();
        var refused = await Assert.ThrowsAsync<ChatException>(() => bob.Client.DownloadAsync(bob.Heard[0], destination, ct: Ct));
        await Assert.ThrowsAsync<ChatException>(() => bob.Client.SaveFileAsync(bob.Heard[0], folder.PathOf("saved"), ct: Ct));

        Assert.Equal(ClientErrorCodes.InvalidAttachment, refused.Code);
        Assert.Equal(0, destination.Length);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.PathOf("saved")));
    }

    [Fact]
    public async Task A_file_that_the_server_has_no_more_is_not_found_and_one_that_its_author_deletes_goes_from_the_server()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var conversation = await alice.OpenAsync(bob);
        var sent = await SendAsync(alice.Client, conversation.Id, bob.Handle);
        await Patience.UntilAsync(() => bob.Heard.Count == 1, "Bob hears of the file");

        await alice.Client.DeleteAsync(sent, Ct);

        Assert.Equal(0L, await QueryAsync("SELECT count(*) FROM attachment_chunks WHERE attachment_id = $1", sent.Attachment!.Id));
        var refused = await Assert.ThrowsAsync<ChatException>(() => bob.Client.DownloadAsync(bob.Heard[0], Stream.Null, ct: Ct));
        Assert.Equal(ErrorCodes.NotFound, refused.Code);
    }

    [Fact]
    public async Task An_upload_and_a_download_go_on_where_they_were_when_the_client_died_in_the_middle()
    {
        var (uploaded, downloaded) = (0, 0);
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1), new() { CreateHttpHandler = () => new CountingChunks(() => uploaded++) });
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2), new() { CreateHttpHandler = () => new CountingChunks(() => downloaded++) });
        var conversation = await alice.Client.OpenDirectAsync(bob.Handle, Ct);
        var file = RandomNumberGenerator.GetBytes(Chunks * Limits.AttachmentChunk);
        using var upload = new Holding(chunks: 2);
        var sending = alice.Client.SendFileAsync(conversation, new MemoryStream(file), "file", progress: upload, ct: Ct);
        await upload.There;
        Assert.Equal("file", Assert.Single(await alice.Client.PendingAsync(conversation.Id, Ct)).Attachment?.Name);

        upload.Die();
        await Assert.ThrowsAsync<IOException>(() => sending);
        await alice.RestartAsync();
        var received = await FileAsync(bob.Client);

        using var download = new Holding(chunks: 3);
        var fetching = bob.Client.DownloadAsync(received, Stream.Null, download, Ct);
        await download.There;
        download.Die();
        await Assert.ThrowsAsync<IOException>(() => fetching);
        await bob.RestartAsync();
        using var opened = new MemoryStream();
        await bob.Client.DownloadAsync(received, opened, ct: Ct);

        Assert.Equal(file, opened.ToArray());
        // One more than the file has, for the tags and the nonces: no chunk went twice.
        Assert.Equal((Chunks + 1, Chunks + 1), (uploaded, downloaded));
    }

    private static async Task<ChatMessage> SendAsync(ChatClient client, Guid conversationId, string handle)
    {
        var conversation = await client.OpenDirectAsync(handle, Ct);
        Assert.Equal(conversationId, conversation.Id);
        return await client.SendFileAsync(conversation, new MemoryStream(RandomNumberGenerator.GetBytes(2 * Limits.AttachmentChunk)), "file", ct: Ct);
    }

    private static async Task<ChatMessage> FileAsync(ChatClient client)
    {
        await foreach (var message in client.Messages(Ct))
        {
            if (message.Attachment is not null)
                return message;
        }

        throw new InvalidOperationException("The stream has no end.");
    }

    private async Task<object?> QueryAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(await stack.ConnectionStringAsync("chatdb"));
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteScalarAsync(Ct);
    }
}
