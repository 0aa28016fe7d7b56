using ChatService.Gateway;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddReverseProxy().LoadFromMemory(HubRoutes.Routes, [HubRoutes.Cluster(builder.Configuration)]);
builder.Services.AddSingleton<HubReadiness>();
builder.Services.AddSingleton<IActiveHealthCheckPolicy>(services => services.GetRequiredService<HubReadiness>());
builder.Services.AddSingleton<ILoadBalancingPolicy>(services => services.GetRequiredService<HubReadiness>());

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapReverseProxy();

await app.RunAsync();
