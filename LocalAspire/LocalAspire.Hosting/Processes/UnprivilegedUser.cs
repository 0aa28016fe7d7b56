using System.Globalization;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Processes;

/// <summary>The user that PostgreSQL runs as when the AppHost itself runs as root, which PostgreSQL refuses.</summary>
internal sealed partial record UnprivilegedUser(uint UserId, uint GroupId)
{
    /// <summary>Null when the AppHost's own user will do.</summary>
    public static UnprivilegedUser? IfRoot()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length >= 4).ToList();
        var user = users.Find(fields => fields[0] == "postgres") ?? users.Find(fields => fields[0] == "nobody")
            ?? throw new DistributedApplicationException(
                "PostgreSQL does not run as root, and this machine has neither a user 'postgres' nor 'nobody' to run it as.");
        return new(uint.Parse(user[2], CultureInfo.InvariantCulture), uint.Parse(user[3], CultureInfo.InvariantCulture));
    }

    public void Own(string path)
    {
        if (ChangeOwner(path, UserId, GroupId) != 0)
        {
            throw new DistributedApplicationException(
                $"{path} could not be given to user {UserId}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    /// <summary>The command line that runs a program as this user, in the same process.</summary>
    public (string FileName, IReadOnlyList<string> Args) Run(string fileName, IEnumerable<string> args) =>
        ("setpriv", [$"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", fileName, .. args]);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
