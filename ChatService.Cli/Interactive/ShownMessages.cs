using ChatService.Client.Messages;

namespace ChatService.Cli.Interactive;

/// <summary>The numbers of the messages on the screen: 1, 2, 3, … as they were shown. They last as long as the conversation is open.</summary>
internal sealed class ShownMessages
{
    private readonly Lock _turn = new();
    private readonly List<ChatMessage> _messages = [];
    private readonly Dictionary<Guid, int> _numbers = [];

    /// <summary>Its number: the one that it has, or the next.</summary>
    public int Add(ChatMessage message)
    {
        lock (_turn)
        {
            if (_numbers.TryGetValue(message.Id, out var number))
            {
                _messages[number - 1] = message;
                return number;
            }

            _messages.Add(message);
            return _numbers[message.Id] = _messages.Count;
        }
    }

    /// <summary>Null: it was not shown.</summary>
    public int? NumberOf(Guid? id)
    {
        lock (_turn)
            return id is { } known && _numbers.TryGetValue(known, out var number) ? number : null;
    }

    /// <exception cref="CliException">There is no such number.</exception>
    public ChatMessage Find(int number)
    {
        lock (_turn)
            return number > 0 && number <= _messages.Count ? _messages[number - 1] : throw new CliException($"There is no message {number} here.");
    }

    /// <summary>As they were shown, the newest first.</summary>
    public ChatMessage[] Latest()
    {
        lock (_turn)
            return [.. Enumerable.Reverse(_messages)];
    }
}
