using ChatService.Gateway;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
// The proxy brings keys for cookies that it encrypts. Ours are hashes: nothing is ever protected with them.
builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddReverseProxy().LoadFromMemory(HubRoutes.Routes, [HubRoutes.Cluster(builder.Configuration)]);
builder.Services.AddSingleton<HubReadiness>();
builder.Services.AddSingleton<IActiveHealthCheckPolicy>(services => services.GetRequiredService<HubReadiness>());
builder.Services.AddSingleton<ILoadBalancingPolicy>(services => services.GetRequiredService<HubReadiness>());

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapReverseProxy();

await app.RunAsync();
