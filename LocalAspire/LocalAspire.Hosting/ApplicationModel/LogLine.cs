namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line that a resource printed. From 1.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
