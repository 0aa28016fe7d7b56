using Microsoft.Extensions.Options;

namespace ChatService.Hub.Accounts;

internal sealed class AccountsOptionsValidation(IHostEnvironment environment) : IValidateOptions<AccountsOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountsOptions options)
    {
        List<string> failures = [];
        foreach (var (setting, address) in new[] { ("Authority", options.Authority), ("PublicUrl", options.PublicUrl) })
        {
            if (address is not null && !(IsWeb(address) && address.Query.Length == 0 && address.Fragment.Length == 0))
            {
                failures.Add($"Authentication:{setting} must be an absolute http or https address without query.");
            }
        }

        if (options.Authority is { IsAbsoluteUri: true, Scheme: "http" } && !environment.IsDevelopment())
        {
            failures.Add("Authentication:Authority must be https outside Development: its keys decide who is let in.");
        }

        if (options.WebRedirectUris.Any(uri => !IsWeb(uri) || uri.Fragment.Length != 0))
        {
            failures.Add("Authentication:WebRedirectUris must be absolute http or https addresses without fragment.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsWeb(Uri uri) => uri is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
