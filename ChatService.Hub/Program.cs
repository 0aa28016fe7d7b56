using ChatService.Hub.Errors;
using ChatService.Hub.Limits;
using ChatService.Hub.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddErrorHandling();
builder.AddRateLimits();
builder.AddChatStorage();

var app = builder.Build();
app.UseErrorHandling();
app.MapDefaultEndpoints();

await app.RunAsync();
