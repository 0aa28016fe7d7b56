using System.Security.Claims;
using ChatService.Contracts;
using ChatService.Core.Accounts;
using ChatService.Hub.Errors;
using ChatService.Hub.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Accounts;

/// <summary>Registration, the sign-in of programs that have the password, and the end of an account.</summary>
internal static class AccountEndpoints
{
    /// <summary>One sentence for an unknown handle, a wrong password and a locked account.</summary>
    public static ChatError WrongPassword { get; } = new(
        ErrorCodes.Unauthorized,
        "The handle or the password is wrong, or there were too many attempts: wait a few minutes, then try again.");

    public static void MapRegister(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Routes.Accounts, Register).AllowAnonymous().LimitedBy(RateLimits.Accounts);

    public static void MapSignIn(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Routes.SignIn, SignIn).AllowAnonymous().LimitedBy(RateLimits.Accounts);

    public static void MapDeleteAccount(this IEndpointRouteBuilder routes) =>
        routes.MapDelete(Routes.OwnAccount, Delete).RequireAuthorization().LimitedBy(RateLimits.Accounts);

    private static async Task<Results<Created<UserProfile>, ErrorResult>> Register(
        RegisterAccountRequest request, AccountCreation creation, CancellationToken cancellationToken)
    {
        var handle = AccountRules.Handle(request.Handle);
        var name = AccountRules.Name(request.DisplayName, handle);
        var password = AccountRules.Password(request.Password);
        var (_, profile) = await creation.CreateAsync(handle, name, password, ownerId: null, cancellationToken);
        return TypedResults.Created(Routes.Me, profile);
    }

    private static async Task<Results<NoContent, ErrorResult>> SignIn(
        SignInRequest request, HttpContext context, PasswordCheck passwords, CancellationToken cancellationToken)
    {
        if (await passwords.FindAsync(request.Handle, request.Password, cancellationToken) is not { } user)
        {
            return WrongPassword.ToResult();
        }

        await AccountCookie.WriteAsync(context, user, native: true);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ErrorResult>> Delete(
        [FromBody] DeleteAccountRequest request,
        ClaimsPrincipal caller,
        AccountsDbContext accounts,
        PasswordCheck passwords,
        AccountDeletion deletion,
        CancellationToken cancellationToken)
    {
        var subject = SignInSession.Of(caller).Subject;
        var handle = Guid.TryParse(subject, out var id)
            ? await accounts.Users.Where(user => user.Id == id).Select(user => user.UserName).FirstOrDefaultAsync(cancellationToken)
            : null;
        if (await passwords.FindAsync(handle, request.Password, cancellationToken) is not { } account || account.Id != id)
        {
            return WrongPassword.ToResult();
        }

        await deletion.DeleteAsync(account, cancellationToken);
        return TypedResults.NoContent();
    }
}
