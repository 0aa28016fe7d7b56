using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Tests.Abuse;

/// <summary>
/// To strangers, removed members and whoever makes up an id there is nothing, and always in the same words: those that are
/// said of an id that nobody has.
/// </summary>
public sealed class OutsiderTests(OutsiderTests.Scene scene) : IClassFixture<OutsiderTests.Scene>
{
    public static TheoryData<int, string> Rows => [.. All.Select((row, i) => (i, row.What))];

    private static IReadOnlyList<OutsiderRow> All { get; } = [.. OutsiderEndpoints.Rows, .. OutsiderHubCalls.Rows];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_is_not_theirs_is_answered_as_what_is_not_there_and_nothing_changes(int row, string what)
    {
        var (called, named, call, makes) = All[row];
        Assert.Equal(what, called);
        var before = await scene.Stage.StoredAsync();

        HashSet<string> answers = [];
        foreach (var (caller, id) in named(scene.Stage))
        {
            answers.Add(await call(scene.Stage, caller, id));
            if (!makes)
            {
                answers.Add(await call(scene.Stage, caller, Guid.CreateVersion7()));
            }
        }

        Assert.True(answers.Count == 1, string.Join('\n', answers));
        Assert.Equal(before, await scene.Stage.StoredAsync());
    }

    [Fact]
    public async Task A_file_whose_message_has_disappeared_is_nothing_to_its_readers_any_more()
    {
        var (owner, hub) = (scene.Stage.Owner, scene.Stage.Hub);
        await using var reader = await Caller.CreateAsync(hub);
        var group = await Talk.GroupAsync(owner.Client, reader.Client);
        var message = (await owner.Client.SendAsync(group, owner.Client.EnvelopeFor(reader.Client))).MessageId;
        var file = Guid.CreateVersion7();
        Assert.Null(await owner.RestAsync(HttpMethod.Post, Routes.ConversationAttachments(group), new CreateAttachmentRequest(file, message, 3)));
        Assert.Null(await owner.RestAsync(HttpMethod.Put, Routes.AttachmentChunk(file, 0), OutsiderStage.Bytes()));
        Assert.Null(await reader.RestAsync(HttpMethod.Get, Routes.Attachment(file)));

        await hub.ExecuteAsync($"UPDATE messages SET expires_at = now() - interval '1 hour' WHERE conversation_id = {group} AND id = {message}");

        foreach (var path in (Func<Guid, string>[])[Routes.Attachment, id => Routes.AttachmentChunk(id, 0)])
        {
            Assert.Equal(await reader.AnswerAsync(HttpMethod.Get, path(Guid.CreateVersion7())), await reader.AnswerAsync(HttpMethod.Get, path(file)));
        }
    }

    [Fact]
    public void Every_method_of_the_hub_and_every_endpoint_has_a_row_or_an_excuse()
    {
        var endpoints = scene.Stage.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} {Path(endpoint)}"))
            .Where(endpoint => endpoint.Contains(" /api/", StringComparison.Ordinal));

        Assert.Equal(
            string.Join('\n', OutsiderEndpoints.Rows.Select(row => row.What).Concat(OutsiderEndpoints.Excused.Keys).Distinct().Order()),
            string.Join('\n', endpoints.Order()));
        Assert.Equal(
            typeof(IChatHub).GetMethods().Select(method => method.Name).Order(),
            OutsiderHubCalls.Rows.Select(row => row.What).Concat(OutsiderHubCalls.Excused.Keys).Distinct().Order());
    }

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    public sealed class Scene(AppHostFixture stack) : IAsyncLifetime
    {
        internal OutsiderStage Stage { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Stage = await OutsiderStage.CreateAsync(stack);

        public ValueTask DisposeAsync() => Stage.DisposeAsync();
    }
}
