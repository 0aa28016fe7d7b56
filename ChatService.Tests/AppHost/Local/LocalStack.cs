namespace ChatService.Tests.AppHost.Local;

/// <summary>The stacks of <c>Stack/AppHost.cs</c>.</summary>
internal static class LocalStack
{
    public static AppHostProcess Start(string stack, DataFolder folder, params IEnumerable<string> args) =>
        AppHostProcess.Start(AppHostProcess.ProgramOf("AppHost/Local/Stack", "LocalStack.AppHost"), folder.Path, [$"--Stack={stack}", .. args]);
}
