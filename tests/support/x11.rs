//! The one thing that `xdotool` cannot do: ask a window to close, as the button in its frame
//! does. Three requests of the X protocol, version 11, spoken over the server's socket.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;

/// Opcodes of requests (X11 protocol, appendix B).
const INTERN_ATOM: u8 = 16;
const SEND_EVENT: u8 = 25;
const GET_INPUT_FOCUS: u8 = 43;

/// The code of a `ClientMessage` event.
const CLIENT_MESSAGE: u8 = 33;

/// Sends `WM_DELETE_WINDOW` (ICCCM 4.2.8.1) to a window of the display `:N`.
pub(super) fn close(display: &str, window: u32) {
    let number = display.strip_prefix(':').unwrap();
    let mut server = UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).unwrap();
    // Little-endian, version 11.0, no authorization.
    server.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]).unwrap();
    let mut head = [0; 8];
    server.read_exact(&mut head).unwrap();
    assert_eq!(head[0], 1, "the X server lets us in");
    let mut rest = vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4];
    server.read_exact(&mut rest).unwrap();

    let protocols = intern_atom(&mut server, "WM_PROTOCOLS");
    let delete = intern_atom(&mut server, "WM_DELETE_WINDOW");
    let mut request = vec![SEND_EVENT, 0, 11, 0];
    request.extend(window.to_le_bytes());
    // To the window's owner, whatever it listens to.
    request.extend(0_u32.to_le_bytes());
    request.extend([CLIENT_MESSAGE, 32, 0, 0]);
    for word in [window, protocols, delete, 0, 0, 0, 0] {
        request.extend(word.to_le_bytes());
    }
    server.write_all(&request).unwrap();
    // An answer to the next request says that this one was taken.
    server.write_all(&[GET_INPUT_FOCUS, 0, 1, 0]).unwrap();
    answer(&mut server);
}

fn intern_atom(server: &mut UnixStream, name: &str) -> u32 {
    let words = name.len().div_ceil(4);
    let mut request = vec![INTERN_ATOM, 0];
    request.extend(u16::try_from(2 + words).unwrap().to_le_bytes());
    request.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    request.extend([0, 0]);
    request.extend(name.bytes());
    request.resize(8 + words * 4, 0);
    server.write_all(&request).unwrap();
    let [.., a, b, c, d] = *answer(server).first_chunk::<12>().unwrap();
    u32::from_le_bytes([a, b, c, d])
}

fn answer(server: &mut UnixStream) -> [u8; 32] {
    let mut bytes = [0; 32];
    server.read_exact(&mut bytes).unwrap();
    assert_eq!(bytes[0], 1, "an answer, and no error");
    bytes
}
