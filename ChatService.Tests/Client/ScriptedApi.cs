using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatService.Contracts;
using ChatService.Tests.Encryption;

namespace ChatService.Tests.Client;

/// <summary>The REST calls that sealing needs, for the devices that the test says are there.</summary>
internal sealed class ScriptedApi : HttpMessageHandler
{
    public List<TestDevice> Devices { get; } = [];

    public int ListsFetched { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        object answer;
        if (path.EndsWith("/devices", StringComparison.Ordinal))
        {
            ListsFetched++;
            answer = new DeliveryList(Guid.Parse(path.Split('/')[3]), ListsFetched, [.. Devices.Select(device =>
                new DeliveryDevice(device.DeviceId, device.UserId, Convert.ToBase64String(device.Published.Identity.ToPublicKey()), false))]);
        }
        else if (path.StartsWith(Routes.Conversations, StringComparison.Ordinal))
        {
            answer = Details(Guid.Parse(path.Split('/')[3]));
        }
        else
        {
            var userId = Guid.Parse(path.Split('/')[3]);
            answer = Devices.Where(device => device.UserId == userId).Select(Bundle).ToArray();
        }

        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer, options: JsonSerializerOptions.Web) });
    }

    private ConversationDetails Details(Guid id) => new(
        id, ConversationType.Group, "group", null, Guid.Empty, DateTime.UnixEpoch, DateTime.UnixEpoch, 0, 0, 0,
        [.. Devices.Select(device => new Participant(
            device.UserId, $"u{device.UserId:N}"[..32], "somebody", null, ParticipantRole.Member, DateTime.UnixEpoch, 0, 0, false))]);

    private static KeyBundle Bundle(TestDevice device)
    {
        var bundle = device.Bundle();
        return new(
            device.DeviceId,
            device.UserId,
            Convert.ToBase64String(bundle.IdentityPublicKey),
            bundle.SignedPreKeyId,
            Convert.ToBase64String(bundle.SignedPreKey),
            Convert.ToBase64String(bundle.SignedPreKeySignature),
            bundle.KemPreKeyId,
            Convert.ToBase64String(bundle.KemPreKey),
            Convert.ToBase64String(bundle.KemPreKeySignature),
            bundle.OneTimePreKeyId,
            bundle.OneTimePreKey is null ? null : Convert.ToBase64String(bundle.OneTimePreKey));
    }
}
