using System.Net;
using System.Net.Sockets;

namespace ChatService.Hub.RateLimiting;

/// <summary>What a limit counts before there is a user. An IPv6 subscriber has a whole /64, so that is one key.</summary>
internal static class ClientAddress
{
    public static string Key(HttpContext httpContext)
    {
        var address = httpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
