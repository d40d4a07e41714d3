"""Ways in which a letter makes a mail program ask somebody on the network; each asks a name of its own."""

from __future__ import annotations

from email.message import EmailMessage

#: `@` stands for the address that would be asked.
VECTORS: tuple[str, ...] = (
    '<img src="@">',
    '<img srcset="@ 1x, @2 2x">',
    '<img src="data:," lowsrc="@">',
    '<picture><source srcset="@"><img src="@"></picture>',
    '<input type="image" src="@">',
    '<video poster="@"></video>',
    '<video src="@" autoplay></video>',
    '<audio src="@" autoplay></audio>',
    '<video><source src="@"></video>',
    '<video><track src="@" default></video>',
    '<object data="@"></object>',
    '<object><param name="movie" value="@"></object>',
    '<embed src="@">',
    '<applet code="@" codebase="@"></applet>',
    '<iframe src="@"></iframe>',
    "<iframe srcdoc=\"<img src='@'>\"></iframe>",
    '<frameset><frame src="@"></frameset>',
    '<script src="@"></script>',
    '<script>new Image().src="@"</script>',
    '<script>fetch("@")</script>',
    '<script>navigator.sendBeacon("@")</script>',
    '<script>new WebSocket("@".replace("http","ws"))</script>',
    '<link rel="stylesheet" href="@">',
    '<link rel="prefetch" href="@">',
    '<link rel="preload" as="image" href="@">',
    '<link rel="prerender" href="@">',
    '<link rel="dns-prefetch" href="@">',
    '<link rel="preconnect" href="@">',
    '<link rel="modulepreload" href="@">',
    '<link rel="icon" href="@">',
    '<link rel="manifest" href="@">',
    '<style>@import url("@");</style>',
    '<style>body{background:url("@")}</style>',
    '<style>@font-face{font-family:f;src:url("@")}*{font-family:f}</style>',
    '<style>li{list-style-image:url("@")}</style><li>x</li>',
    '<style>p::before{content:url("@")}</style><p>x</p>',
    '<style>input[value^=a]{background:image-set("@" 1x)}</style><input value=a>',
    '<div style="background-image:url(@)">x</div>',
    '<div style="cursor:url(@),auto">x</div>',
    '<div style="border-image:url(@)">x</div>',
    '<body background="@">',
    '<table background="@"><td background="@">x</td></table>',
    '<base href="@">',
    '<meta http-equiv="refresh" content="0;url=@">',
    '<form action="@" id="f"><input name=a></form><script>f.submit()</script>',
    '<a ping="@" href="#">x</a>',
    '<svg><image href="@"/></svg>',
    '<svg><image xlink:href="@"/></svg>',
    '<svg><use href="@#x"/></svg>',
    '<svg><feImage href="@"/></svg>',
    '<svg><style>@import url("@");</style></svg>',
    '<math><mi xlink:href="@">x</mi></math>',
    '<html manifest="@">',
    '<portal src="@"></portal>',
    '<bgsound src="@">',
    '<xml src="@"></xml>',
    '<!--[if mso]><v:fill src="@"/><![endif]-->',
    '<?xml-stylesheet href="@"?>',
)


def address(number: int) -> str:
    """The address that vector `number` would ask."""
    return f"http://v{number:02d}.tracker.example/{number}"


def page() -> str:
    """One HTML page with all of them."""
    rows = (
        vector.replace("@import", "\0").replace("@font", "\1").replace("@", address(n))
        for n, vector in enumerate(VECTORS)
    )
    body = "\n".join(rows).replace("\0", "@import").replace("\1", "@font")
    return f"<html><body><p>The quarterly figures are attached.</p>{body}</body></html>"


def letter() -> bytes:
    """A letter with all of them in its body, in an attached page and an attached drawing, and headers that want an answer."""
    message = EmailMessage()
    message["From"] = "Tilda Groen <groen@tracker.example>"
    message["To"] = "Oskar Vellin <vellin@depot.example>"
    message["Subject"] = "Quarterly figures"
    message["Date"] = "Mon, 03 Mar 2031 09:40:00 +0000"
    message["Message-ID"] = "<remote@tracker.example>"
    for name in ("Disposition-Notification-To", "Return-Receipt-To", "X-Confirm-Reading-To"):
        message[name] = "receipts@tracker.example"
    message["List-Unsubscribe"] = "<http://unsubscribe.tracker.example/>"
    message["X-Face-URL"] = "http://face.tracker.example/"
    message.set_content(page(), subtype="html")
    message.add_attachment(page().encode(), maintype="text", subtype="html", filename="figures.html")
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address(90)}"/></svg>'
    message.add_attachment(drawing.encode(), maintype="image", subtype="svg+xml", filename="logo.svg")
    return message.as_bytes()
