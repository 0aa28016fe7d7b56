using ChatService.Contracts;
using ChatService.Hub.RateLimiting;

namespace ChatService.Hub.Devices;

public static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup(Routes.Devices).RequireAuthorization().WithTags("Devices");
        devices.MapGet("", ListDevices.HandleAsync).LimitedBy(RateLimits.Reads);
        devices.MapPut("{deviceId:guid}", RegisterDevice.HandleAsync).LimitedBy(RateLimits.Keys);
        devices.MapPatch("{deviceId:guid}", RenameDevice.HandleAsync).LimitedBy(RateLimits.Keys);
        devices.MapDelete("{deviceId:guid}", RemoveDevice.HandleAsync).LimitedBy(RateLimits.Keys);
    }
}
