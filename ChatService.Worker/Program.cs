using ChatService.Worker.Accounts;
using ChatService.Worker.Assistant;
using ChatService.Worker.Storage;
using ChatService.Worker.Upkeep;

var builder = WebApplication.CreateBuilder(args);
if (AccountCommand.IsMeant(args))
{
    return await AccountCommand.RunAsync(builder, args);
}

builder.AddServiceDefaults();
builder.AddStorage();
builder.AddUpkeep();
builder.AddAssistant();

var app = builder.Build();
app.MapDefaultEndpoints();

await app.RunAsync();
return 0;
