using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

internal static class Ports
{
    // Below the ranges from which systems take the ports of outgoing connections, so that none grabs one in between.
    private const int First = 20_000;
    private const int Last = 32_000;

    public static void Allocate(IEnumerable<IResource> resources, bool randomize)
    {
        var endpoints = resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>()).Where(e => e.IsRunnable).ToList();
        var taken = new HashSet<int>();
        foreach (var endpoint in endpoints)
        {
            endpoint.AllocatedPort = endpoint.Port is { } port and not 0 && !randomize ? port : Free(taken);
            taken.Add(endpoint.AllocatedPort);
        }
    }

    /// <exception cref="DistributedApplicationException">Another program listens there.</exception>
    public static void RequireFree(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.IsAllocated))
        {
            if (!IsFree(endpoint.AllocatedPort))
            {
                throw new DistributedApplicationException(
                    $"{resource.Name} cannot start: port {endpoint.AllocatedPort} is taken by another program.");
            }
        }
    }

    private static int Free(HashSet<int> taken)
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (!taken.Contains(port) && IsFree(port))
            {
                return port;
            }
        }
    }

    /// <summary>On both loopback addresses: servers bind both.</summary>
    private static bool IsFree(int port) =>
        IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port));

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
