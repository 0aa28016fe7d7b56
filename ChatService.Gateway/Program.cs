using ChatService.Gateway;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddReverseProxy().LoadFromMemory(HubRoutes.Routes, [HubRoutes.Cluster(builder.Configuration)]);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapReverseProxy();

await app.RunAsync();
