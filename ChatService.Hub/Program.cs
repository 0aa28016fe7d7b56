using ChatService.Hub.Accounts;
using ChatService.Hub.Assistant;
using ChatService.Hub.Attachments;
using ChatService.Hub.Conversations;
using ChatService.Hub.Devices;
using ChatService.Hub.Errors;
using ChatService.Hub.Keys;
using ChatService.Hub.OpenApi;
using ChatService.Hub.Privacy;
using ChatService.Hub.RateLimiting;
using ChatService.Hub.Realtime;
using ChatService.Hub.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddErrorHandling();
builder.AddRateLimits();
builder.AddChatStorage();
builder.AddAccounts();
builder.AddAttachments();
builder.AddOpenApiDocument();
builder.AddRealtime();
builder.AddAnswers();

var app = builder.Build();
app.UseErrorHandling();
app.UseAccounts();
app.MapDefaultEndpoints();
app.MapAccounts();
app.MapDevices();
app.MapSettings();
app.MapKeys();
app.MapConversations();
app.MapAttachments();
app.MapOpenApiDocument();
app.MapRealtime();

await app.RunAsync();
