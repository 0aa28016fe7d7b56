using System.Security.Cryptography;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Conversations;
using ChatService.Tests.HubCalls;

namespace ChatService.Tests.Attachments;

public sealed class AttachmentApiTests(AppHostFixture stack)
{
    private const int TwoAndABit = (2 * Limits.AttachmentChunk) + 100;

    [Fact]
    public async Task Chunks_may_come_in_any_order_and_again_and_the_status_says_what_is_missing()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        var group = await Group.CreateAsync(alice);
        using var upload = await Upload.BeginAsync(stack, alice, group.Id, TwoAndABit);
        Assert.Equal([0, 1, 2], (await upload.StatusAsync(alice)).MissingChunks);

        Assert.Null(await upload.PutAsync(alice, 2, upload.Chunk(2)));
        Assert.Null(await upload.PutAsync(alice, 0, upload.Chunk(0)));
        Assert.Null(await upload.PutAsync(alice, 0, upload.Chunk(0)));
        Assert.Equal([1], (await upload.StatusAsync(alice)).MissingChunks);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => Assert.Null(await upload.PutAsync(alice, 1, upload.Chunk(1)))));

        Assert.Null(await upload.BeginAgainAsync(alice, upload.Request));
        Assert.Empty((await upload.StatusAsync(alice)).MissingChunks);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(upload.Chunk(i), (await upload.GetAsync(alice, i)).Bytes);
        }
    }

    [Fact]
    public async Task A_chunk_of_a_wrong_size_or_place_or_with_other_bytes_is_refused_and_changes_nothing()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        var group = await Group.CreateAsync(alice);
        using var upload = await Upload.BeginAsync(stack, alice, group.Id, TwoAndABit);
        Assert.Null(await upload.PutAsync(alice, 0, upload.Chunk(0)));

        Assert.Equal(ErrorCodes.InvalidArgument, await upload.PutAsync(alice, 1, upload.Chunk(1)[..^1]));
        Assert.Equal(ErrorCodes.InvalidArgument, await upload.PutAsync(alice, 1, []));
        Assert.Equal(ErrorCodes.InvalidArgument, await upload.PutAsync(alice, 2, upload.Chunk(1)));
        Assert.Equal(ErrorCodes.InvalidArgument, await upload.PutAsync(alice, 3, upload.Chunk(1)));
        Assert.Equal(ErrorCodes.InvalidArgument, await upload.PutAsync(alice, -1, upload.Chunk(1)));
        Assert.Equal(ErrorCodes.InvalidArgument, await upload.PutAsync(alice, int.MaxValue, upload.Chunk(1)));
        Assert.Equal(ErrorCodes.TooLarge, await upload.PutAsync(alice, 1, RandomNumberGenerator.GetBytes(Limits.AttachmentChunk + 1)));
        Assert.Equal(ErrorCodes.Conflict, await upload.PutAsync(alice, 0, upload.Chunk(1)));

        Assert.Equal([1, 2], (await upload.StatusAsync(alice)).MissingChunks);
        Assert.Equal(upload.Chunk(0), (await upload.GetAsync(alice, 0)).Bytes);
    }

    [Fact]
    public async Task What_is_too_large_or_makes_no_sense_is_refused_before_it_begins()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        var group = await Group.CreateAsync(alice);
        using var upload = await Upload.BeginAsync(stack, alice, group.Id, 10);
        var fresh = upload.Request with { Id = Guid.CreateVersion7() };

        Assert.Equal(ErrorCodes.TooLarge, await upload.BeginAgainAsync(alice, fresh with { Size = Limits.AttachmentCiphertext + 1 }));
        Assert.Equal(ErrorCodes.TooLarge, await upload.BeginAgainAsync(alice, fresh with { Size = long.MaxValue }));
        Assert.Equal(ErrorCodes.InvalidArgument, await upload.BeginAgainAsync(alice, fresh with { Size = 0 }));
        Assert.Equal(ErrorCodes.InvalidArgument, await upload.BeginAgainAsync(alice, fresh with { Size = -1 }));
        Assert.Equal(ErrorCodes.InvalidArgument, await upload.BeginAgainAsync(alice, fresh with { Id = Guid.Empty }));
        Assert.Equal(ErrorCodes.Conflict, await upload.BeginAgainAsync(alice, upload.Request with { Size = 11 }));
    }

    [Fact]
    public async Task A_stranger_a_removed_member_a_later_member_and_a_forged_id_get_the_same_answer_to_everything()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        using var stranger = await ApiUser.RegisterAsync(stack);
        using var removed = await ApiUser.RegisterAsync(stack);
        using var later = await ApiUser.RegisterAsync(stack);
        var group = await Group.CreateAsync(alice.User, removed);
        using var upload = await Upload.BeginAsync(stack, alice.User, group.Id, 100);
        Assert.Null(await upload.PutAsync(alice.User, 0, upload.Bytes));
        await alice.SendAsync(group.Id, RawEnvelope.For(alice.DeviceId, [], upload.MessageId));
        Assert.Equal(upload.Bytes, (await upload.GetAsync(removed, 0)).Bytes);

        await group.RemoveAsync(alice.User, removed);
        await group.AddAsync(alice.User, later.Id);

        using var forged = new Upload(group.Id, 100) { Id = Guid.CreateVersion7() };
        var nothing = await stranger.ProblemAsync(HttpMethod.Get, Routes.Attachment(forged.Id));
        Assert.Equal(ErrorCodes.NotFound, nothing.Code);
        foreach (var outsider in (ApiUser[])[stranger, removed, later])
        {
            Assert.Equal(nothing, await outsider.ProblemAsync(HttpMethod.Get, Routes.Attachment(upload.Id)));
            Assert.Equal(nothing, await outsider.ProblemAsync(HttpMethod.Get, Routes.AttachmentChunk(upload.Id, 0)));
            Assert.Equal(nothing, await outsider.ProblemAsync(HttpMethod.Delete, Routes.Attachment(upload.Id)));
            Assert.Equal(ErrorCodes.NotFound, await upload.PutAsync(outsider, 0, upload.Bytes));
        }

        Assert.Equal(ErrorCodes.NotFound, await upload.BeginAgainAsync(stranger, upload.Request));
        Assert.Equal(ErrorCodes.NotFound, await upload.BeginAgainAsync(stranger, upload.Request with { Id = Guid.CreateVersion7() }));
        Assert.Equal(upload.Bytes, (await upload.GetAsync(alice.User, 0)).Bytes);
    }

    [Fact]
    public async Task A_member_cannot_write_into_or_read_from_somebody_elses_upload_before_its_message_is_there()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack);
        var group = await Group.CreateAsync(alice, bob);
        using var upload = await Upload.BeginAsync(stack, alice, group.Id, 100);

        Assert.Equal(ErrorCodes.NotFound, await upload.PutAsync(bob, 0, upload.Bytes));
        Assert.Null(await upload.PutAsync(alice, 0, upload.Bytes));
        Assert.Equal(ErrorCodes.NotFound, (await upload.GetAsync(bob, 0)).Code);
        Assert.Equal(ErrorCodes.NotFound, await bob.TryAsync(HttpMethod.Delete, Routes.Attachment(upload.Id)));
        Assert.Equal(ErrorCodes.Conflict, await upload.BeginAgainAsync(bob, upload.Request));

        Assert.Null(await alice.TryAsync(HttpMethod.Delete, Routes.Attachment(upload.Id)));
        Assert.Equal(ErrorCodes.NotFound, (await upload.GetAsync(alice, 0)).Code);
    }

    [Fact]
    public async Task A_days_worth_of_uploads_is_enough_and_the_refusal_says_when_to_come_back_and_leaves_others_alone()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack);
        var group = await Group.CreateAsync(alice, bob);
        var uploads = (int)(Limits.AttachmentBytesPerDay / Limits.AttachmentCiphertext);
        using var first = await Upload.BeginAsync(stack, alice, group.Id, Limits.AttachmentCiphertext);
        // All at once: none of them may slip past the others.
        var answers = await Task.WhenAll(Enumerable.Range(1, uploads + 4).Select(_ =>
            first.BeginAgainAsync(alice, first.Request with { Id = Guid.CreateVersion7() })));

        Assert.Equal(uploads - 1, answers.Count(answer => answer is null));
        Assert.All(answers.Where(answer => answer is not null), answer => Assert.Equal(ErrorCodes.RateLimited, answer));
        Assert.Null(await alice.TryAsync(HttpMethod.Delete, Routes.Attachment(first.Id)));
        Assert.Equal(ErrorCodes.RateLimited, await first.BeginAgainAsync(alice, first.Request with { Id = Guid.CreateVersion7() }));
        Assert.Null(await first.BeginAgainAsync(bob, first.Request with { Id = Guid.CreateVersion7() }));
        Assert.Null(await first.BeginAgainAsync(alice, first.Request));
    }

    [Fact]
    public async Task Too_many_calls_for_chunks_are_refused_and_others_and_other_calls_are_not()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack);
        var group = await Group.CreateAsync(alice, bob);
        using var upload = await Upload.BeginAsync(stack, alice, group.Id, 100);

        string? answer = null;
        for (var calls = 0; answer != ErrorCodes.RateLimited; calls++)
        {
            Assert.True(calls < 100 * RateLimits.AttachmentChunks.Burst, "The limit never bit.");
            answer = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => upload.GetAsync(alice, 0)))).Max(each => each.Code);
        }

        Assert.Equal(ErrorCodes.NotFound, (await upload.GetAsync(bob, 0)).Code);
        Assert.Equal([0], (await upload.StatusAsync(alice)).MissingChunks);
    }
}
