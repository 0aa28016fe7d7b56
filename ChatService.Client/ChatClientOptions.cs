using ChatService.Client.Connection;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Reseal;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;

namespace ChatService.Client;

/// <summary>How a <see cref="ChatClient"/> behaves. The defaults suit a phone, a terminal and a service alike.</summary>
public sealed record ChatClientOptions
{
    private readonly TimeSpan _rotatePreKeysEvery = DeviceKeys.RotationPeriod;

    /// <summary>1 to 64 characters, shown to the owner of the device only.</summary>
    public string DeviceName { get; init; } = "ChatService device";

    /// <summary>What the store knows the server by, where its address may change. Null: its address. The same for the whole life of a store.</summary>
    public string? ServerName { get; init; }

    /// <summary>How the hub is reached; <see cref="HubTransport.WebSocketsOnly"/> where no proxy keeps sessions sticky.</summary>
    public HubTransport Transport { get; init; } = HubTransport.Automatic;

    /// <summary>The delays between attempts to reconnect, and for how long they go on.</summary>
    public ReconnectPolicy Reconnect { get; init; } = new();

    /// <summary>Keep trying when the very first attempt to connect fails too. A bot that may start before its server wants that.</summary>
    public bool RetryFirstConnect { get; init; }

    /// <summary>Out-of-order arrivals are waited for this long before CatchUp is asked.</summary>
    public TimeSpan GapGrace { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How often CatchUp is asked while the server's backplane is away.</summary>
    public TimeSpan PollWithoutBackplane { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often CatchUp is asked although nothing seems to be missing.</summary>
    public TimeSpan SafetyPoll { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often this device's signed prekey is replaced: one day to 30. Its old private half is kept for 30 days more.</summary>
    public TimeSpan RotatePreKeysEvery
    {
        get => _rotatePreKeysEvery;
        init => _rotatePreKeysEvery = value >= TimeSpan.FromDays(1) && value <= TimeSpan.FromDays(30)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "One day to 30 days.");
    }

    /// <summary>How often in a day this device asks others to seal again what it could not open. A service with many users may need more.</summary>
    public int ResealRequestsPerDay { get; init; } = ResealLimits.RequestsPerDay;

    /// <summary>Tell the other members what has been delivered and read. Off: they never learn, and this user's devices share no markers.</summary>
    public bool SendReceipts { get; init; } = true;

    /// <summary>For what <see cref="HubTransport"/> does not cover, for example <c>AddMessagePackProtocol()</c> instead of JSON.</summary>
    public Action<IHubConnectionBuilder>? ConfigureHub { get; init; }

    /// <summary>Makes the handlers of REST calls and negotiation; the client disposes of them. Null: the platform's.</summary>
    public Func<HttpMessageHandler>? CreateHttpHandler { get; init; }

    /// <summary>Where keys come from; anything but the system's source is for tests.</summary>
    public IRandomSource? Random { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory? LoggerFactory { get; init; }
}
