using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ChatService.Worker.Assistant;

internal sealed class AssistantOptionsValidation : IValidateOptions<AssistantOptions>
{
    public ValidateOptionsResult Validate(string? name, AssistantOptions options)
    {
        List<string> failures = [];
        if (!string.IsNullOrEmpty(options.SealingKey) && !AssistantKeys.TryDecode(options.SealingKey, out _))
        {
            failures.Add("Assistant:SealingKey must be 32 bytes in base64, for example from: openssl rand -base64 32");
        }

        if (options.Server is { } server && server is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            failures.Add("Assistant:Server must be the hubs' absolute http or https address.");
        }

        List<ValidationResult> signIn = [];
        if (options.SignIn is not null && !Validator.TryValidateObject(options.SignIn, new(options.SignIn), signIn, validateAllProperties: true))
        {
            failures.AddRange(signIn.Select(result => $"Assistant:SignIn: {result.ErrorMessage}"));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
