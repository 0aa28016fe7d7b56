using ChatService.Worker.Storage;
using ChatService.Worker.Upkeep;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddStorage();
builder.AddUpkeep();

var app = builder.Build();
app.MapDefaultEndpoints();

await app.RunAsync();
