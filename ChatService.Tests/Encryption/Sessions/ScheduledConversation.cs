using System.Collections.Immutable;
using System.Text;
using ChatService.Client.Encryption;
using ChatService.Client.Storage;

namespace ChatService.Tests.Encryption.Sessions;

/// <summary>Devices, and a server that keeps every envelope and delivers as a schedule says.</summary>
internal sealed class ScheduledConversation
{
    private readonly Guid _conversationId = Guid.CreateVersion7();
    private readonly List<TestEnvelope> _sent = [];
    private readonly Dictionary<Guid, string> _texts = [];
    private readonly List<TestDevice> _devices = [];

    public static async Task<ScheduledConversation> BeginAsync(int devices)
    {
        var conversation = new ScheduledConversation();
        var shared = Guid.CreateVersion7();
        for (var i = 0; i < devices; i++)
            conversation._devices.Add(await TestDevice.CreateAsync(oneTimePreKeys: i, userId: i < 2 ? null : shared));
        return conversation;
    }

    public Task RunAsync(ConversationStep step, int actor, int choice)
    {
        var device = _devices[actor % _devices.Count];
        return step switch
        {
            ConversationStep.Send => SendAsync(device),
            ConversationStep.CrashWhileSealing => device.SealAsync(_conversationId, "never sent", Others(device), commit: false),
            ConversationStep.LoseAndSendAgain => SendAsync(device, lost: true),
            ConversationStep.Deliver => DeliverAsync(device, choice),
            ConversationStep.CrashWhileOpening => DeliverAsync(device, choice, crash: true),
            _ => DeliverAgainAsync(device, choice),
        };
    }

    public async Task CatchUpAsync()
    {
        foreach (var device in _devices)
        {
            while (Missing(device).Count > 0)
                await DeliverAsync(device, 7);
        }
    }

    public void RequireEveryoneHoldsEverythingOnce()
    {
        var expected = _texts.OrderBy(message => message.Key.ToString("N"), StringComparer.Ordinal).Select(message => (message.Key.ToString("N"), message.Value)).ToArray();
        foreach (var device in _devices)
            Assert.Equal(expected, Held(device).Select(entry => (entry.Key, Encoding.UTF8.GetString(entry.Value))));
    }

    private async Task SendAsync(TestDevice device, bool lost = false)
    {
        var (id, text) = (Guid.CreateVersion7(), $"message {_sent.Count} of {device.DeviceId}");
        if (lost)
            await device.SealAsync(_conversationId, text, Others(device), id);
        var envelope = await device.SealAsync(_conversationId, text, Others(device), id);
        await KeepAsync(device, id, text);
        _sent.Add(envelope);
        _texts.Add(id, text);
    }

    private async Task DeliverAsync(TestDevice device, int choice, bool crash = false)
    {
        var missing = Missing(device);
        if (missing.Count == 0)
            return;
        var envelope = missing[choice % missing.Count];
        await using var transaction = await device.Store.BeginAsync();
        var opened = await device.OpenAsync(transaction, envelope);
        await transaction.PutAsync("messages", opened.MessageId.ToString("N"), opened.Content);
        if (!crash)
            await transaction.CommitAsync();
    }

    private async Task DeliverAgainAsync(TestDevice device, int choice)
    {
        var had = _sent.Except(Missing(device)).Where(envelope => envelope.SenderDeviceId != device.DeviceId).ToArray();
        if (had.Length > 0)
            Assert.Contains(await device.RefusalAsync(had[choice % had.Length]), (EncryptionError[])[EncryptionError.Duplicate, EncryptionError.Tampered, EncryptionError.ReplayedSession]);
    }

    private static async Task KeepAsync(TestDevice device, Guid id, string text)
    {
        await using var transaction = await device.Store.BeginAsync();
        await transaction.PutAsync("messages", id.ToString("N"), Encoding.UTF8.GetBytes(text));
        await transaction.CommitAsync();
    }

    private TestDevice[] Others(TestDevice device) => [.. _devices.Where(other => other != device)];

    private List<TestEnvelope> Missing(TestDevice device)
    {
        var held = Held(device).Select(entry => entry.Key).ToHashSet();
        return [.. _sent.Where(envelope => envelope.SenderDeviceId != device.DeviceId && !held.Contains(envelope.MessageId.ToString("N")))];
    }

    private static ImmutableSortedSet<StoredEntry> Held(TestDevice device) => device.Store.Tables.TryGetValue("messages", out var held) ? held : [];
}
