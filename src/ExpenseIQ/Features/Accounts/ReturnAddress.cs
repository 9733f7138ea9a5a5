using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace ExpenseIQ.Features.Accounts;

/// <summary>Where to go on to after signing in: a path of this site and nothing else.</summary>
internal static class ReturnAddress
{
    /// <summary>The path; empty where it is none. One that we made is percent-encoded; anything but ASCII could not be sent in a header.</summary>
    public static string Of(IUrlHelper url, string next) => url.IsLocalUrl(next) && Ascii.IsValid(next) ? next : "";
}
