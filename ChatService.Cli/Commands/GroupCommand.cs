using System.CommandLine;
using ChatService.Cli.Groups;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;
using ChatService.Client;
using ChatService.Client.Conversations;

namespace ChatService.Cli.Commands;

/// <summary>Groups: made, looked at, changed and ended. In an open chat the same is behind a slash.</summary>
internal static class GroupCommand
{
    public static Command Create() => new("group", "Make and change groups.")
    {
        CreateNew(),
        CreateMembers(),
        Change("add", "Add someone, who sees nothing from before.", People(), async (client, group, people, ct) =>
        {
            foreach (var handle in people)
                await client.AddMemberAsync(group, Handles.Normalize(handle), ct);
        }),
        Change("remove", "Remove members.", People(), async (client, group, people, ct) =>
        {
            foreach (var handle in people)
                await client.RemoveMemberAsync(group, group.MemberByHandle(handle).UserId, ct);
        }),
        CreateRole(),
        Change("owner", "Hand the group over; you become an admin.", Person(), (client, group, person, ct) =>
            client.HandOverAsync(group, group.MemberByHandle(person).UserId, ct)),
        Change("rename", "Give the group another name.", new Argument<string>("name") { Description = "1 to 64 characters. The server sees it." }, (client, group, name, ct) =>
            client.RenameAsync(group, name, ct)),
        Change("picture", "Give the group another picture.", new Argument<string?>("address") { Description = "An https address, which the server sees. Without it the picture goes.", Arity = ArgumentArity.ZeroOrOne }, (client, group, address, ct) =>
            client.ChangeAvatarAsync(group, address, ct)),
        Change("leave", "Leave the group.", (client, group, ct) => client.LeaveAsync(group, ct)),
        Change("delete", "End the group for everyone.", (client, group, ct) => client.DeleteGroupAsync(group, ct)),
    };

    private static Command CreateNew()
    {
        var name = new Argument<string>("name") { Description = "1 to 64 characters. The server sees it." };
        var people = People();
        people.Arity = ArgumentArity.ZeroOrMore;
        var command = new Command("create", "Make a group; you own it.") { name, people };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct);
            var handles = (result.GetValue(people) ?? []).Select(Handles.Normalize).Distinct();
            var group = await session.Client.CreateGroupAsync(result.GetRequiredValue(name), handles, ct);
            await Console.Out.WriteLineAsync(group.Id.ToString());
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateMembers()
    {
        var target = Target();
        var json = new Option<bool>("--json") { Description = "A JSON object a line." };
        var command = new Command("members", "Show who is in a group.") { target, json };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct);
            var group = await session.FindGroupAsync(result.GetRequiredValue(target), ct);
            if (result.GetValue(json))
                MemberList.WriteJson(group);
            else
                TableOutput.Write(MemberList.Headers, MemberList.Rows(group));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateRole()
    {
        var (target, person) = (Target(), Person());
        var role = new Argument<string>("role") { Description = "admin or member." };
        var command = new Command("role", "Make a member an admin, or an admin a member.") { target, person, role };
        command.SetAction(async (result, ct) =>
        {
            var wanted = MemberList.ParseRole(result.GetRequiredValue(role));
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct);
            var group = await session.FindGroupAsync(result.GetRequiredValue(target), ct);
            await session.Client.ChangeRoleAsync(group, group.MemberByHandle(result.GetRequiredValue(person)).UserId, wanted, ct);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Change(string name, string description, Func<ChatClient, Conversation, CancellationToken, Task> change)
    {
        var target = Target();
        var command = new Command(name, description) { target };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct);
            await change(session.Client, await session.FindGroupAsync(result.GetRequiredValue(target), ct), ct);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Change<T>(
        string name, string description, Argument<T> what, Func<ChatClient, Conversation, T, CancellationToken, Task> change)
    {
        var target = Target();
        var command = new Command(name, description) { target, what };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct);
            await change(session.Client, await session.FindGroupAsync(result.GetRequiredValue(target), ct), result.GetValue(what)!, ct);
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Target() => new("group") { Description = "The group's name, or its id as 'chat conversations' shows it." };

    private static Argument<string> Person() => new("handle") { Description = "@handle of a member." };

    private static Argument<string[]> People() => new("handles") { Description = "@handle, as many as you like.", Arity = ArgumentArity.OneOrMore };
}
