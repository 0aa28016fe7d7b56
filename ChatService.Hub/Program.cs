using ChatService.Hub.Errors;
using ChatService.Hub.Limits;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddErrorHandling();
builder.AddRateLimits();

var app = builder.Build();
app.UseErrorHandling();
app.MapDefaultEndpoints();

await app.RunAsync();
