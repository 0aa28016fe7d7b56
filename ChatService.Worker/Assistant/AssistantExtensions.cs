using ChatService.Core.Accounts;
using Microsoft.Extensions.Options;

namespace ChatService.Worker.Assistant;

internal static class AssistantExtensions
{
    /// <summary>@gpt: a member with keys of its own, whose device is this worker.</summary>
    public static WebApplicationBuilder AddAssistant(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<AssistantOptions>, AssistantOptionsValidation>();
        services.AddOptions<AssistantOptions>().BindConfiguration(AssistantOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.AddNpgsqlDbContext<AssistantDbContext>("chatdb", settings => settings.DisableHealthChecks = true, AssistantDbContext.Configure);
        services.AddOpenIddict().AddCore(core => core.UseEntityFrameworkCore().UseDbContext<AccountsDbContext>().ReplaceDefaultEntities<Guid>());

        services.AddSingleton(_ => new AssistantDatabase(builder.Configuration.GetConnectionString("chatdb")!));
        services.AddScoped<AssistantAccount>();
        services.AddSingleton<AssistantServer>();
        services.AddSingleton<AssistantBudget>();
        services.AddSingleton<AssistantMetrics>();
        services.AddSingleton<AssistantSession>();
        services.AddHostedService<AssistantService>();
        return builder;
    }
}
