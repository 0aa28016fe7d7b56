using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ChatService.Contracts;
using ChatService.Hub.Delivery;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatService.Hub.Realtime;

/// <summary>
/// Ends a connection whose calls make no sense: methods that do not exist and arguments of the wrong type. SignalR answers
/// them for ever, and hub filters never see them. The binder is the connection's own, so it is what the count hangs on.
/// </summary>
internal sealed class StrictHubProtocol(IHubProtocol inner) : IHubProtocol
{
    private readonly ConditionalWeakTable<IInvocationBinder, StrongBox<int>> _failures = [];

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) =>
        CallBeingSent.TrySerialize(message, inner, out var bytes) ? bytes : inner.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!inner.TryParseMessage(ref input, binder, out message))
        {
            return false;
        }

        if (message is InvocationBindingFailureMessage or StreamBindingFailureMessage
            && ++_failures.GetValue(binder, static _ => new StrongBox<int>()).Value > Limits.BadCallsPerConnection)
        {
            throw new InvalidDataException("Too many calls of methods that do not exist, or with arguments of the wrong type.");
        }

        return true;
    }
}
