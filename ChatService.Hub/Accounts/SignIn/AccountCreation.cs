using ChatService.Contracts;
using ChatService.Core.Accounts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Accounts;

/// <summary>
/// Makes an account and its chat user. Should the process die between the two, <see cref="ChatUserResolver"/> makes the
/// second at first use.
/// </summary>
internal sealed class AccountCreation(UserManager<AccountUser> users, ChatDbContext chat, TimeProvider time)
{
    public async Task<(AccountUser Account, UserProfile Profile)> CreateAsync(
        string handle, string displayName, string? password, Guid? ownerId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (ReservedHandles.Contains(handle) || await chat.Users.AnyAsync(user => user.Handle == handle, cancellationToken))
        {
            throw Taken();
        }

        var account = new AccountUser { Id = Guid.CreateVersion7(), UserName = handle, OwnerId = ownerId, CreatedAt = now };
        try
        {
            var result = password is null ? await users.CreateAsync(account) : await users.CreateAsync(account, password);
            if (!result.Succeeded)
            {
                throw result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.DuplicateUserName))
                    ? Taken()
                    : new ChatException(ErrorCodes.InvalidArgument, "The handle or the password cannot be used.");
            }
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            throw Taken();
        }

        var user = ChatUser.Create(account.Id.ToString(), handle, displayName, now);
        chat.Users.Add(user);
        try
        {
            await chat.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            await users.DeleteAsync(account);
            throw Taken();
        }

        return (account, user.ToProfile());
    }

    private static ChatException Taken() => new(ErrorCodes.Conflict, "This handle is taken: choose another.");
}
