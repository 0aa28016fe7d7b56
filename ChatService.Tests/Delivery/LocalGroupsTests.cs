using ChatService.Hub.Delivery;

namespace ChatService.Tests.Delivery;

public sealed class LocalGroupsTests : IAsyncDisposable
{
    private readonly SlowLine _alice = new("alice");
    private readonly SlowLine _bob = new("bob");
    private readonly LocalGroups _groups = new();

    [Fact]
    public void A_group_has_each_connection_once_until_it_is_taken_out()
    {
        _groups.Add("room", _alice.Connection);
        _groups.Add("room", _bob.Connection);
        _groups.Add("room", _alice.Connection);
        Assert.Equal(["alice", "bob"], _groups.Find("room").Ids);

        _groups.Remove("room", "alice");
        _groups.Remove("room", "alice");
        Assert.Equal([_bob.Connection], _groups.Find("room").Connections);
        _groups.Remove("room", "bob");
        Assert.Empty(_groups.Find("room").Ids);
    }

    [Fact]
    public void Who_goes_is_taken_out_of_all_groups()
    {
        _groups.Add("room", _alice.Connection);
        _groups.Add("room", _bob.Connection);
        _groups.Add("other", _alice.Connection);

        _groups.Remove("alice");

        Assert.Equal(["bob"], _groups.Find("room").Ids);
        Assert.Empty(_groups.Find("other").Ids);
        _groups.Add("other", _alice.Connection);
        Assert.Equal(["alice"], _groups.Find("other").Ids);
    }

    [Fact]
    public void Those_who_have_a_call_are_the_ones_here_and_the_ones_it_was_not_for()
    {
        _groups.Add("room", _alice.Connection);
        _groups.Add("room", _bob.Connection);
        var room = _groups.Find("room");

        Assert.Same(room.Ids, room.IdsWith([]));
        Assert.Same(room.Ids, room.IdsWith(["bob"]));
        Assert.Equal(["alice", "bob", "elsewhere"], room.IdsWith(["bob", "elsewhere"]));
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }
}
