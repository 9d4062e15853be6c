package guest

import (
	"fmt"
	"net"
	"os"
)

// checkPeer refuses clients of other users, who have no business in this
// process. The system's administrator may do what this user may.
func checkPeer(conn net.Conn) error {
	uid, known, err := peerOf(conn)
	if err != nil {
		return err
	}
	if known && uid != os.Getuid() && uid != 0 {
		return fmt.Errorf("it serves the commands of its own user only, and not of user %d", uid)
	}
	return nil
}

// checkServer refuses servers of other users: a server is given whatever file
// it asks for, and anybody may put a socket into a folder that is shared.
func checkServer(conn *net.UnixConn) error {
	uid, known, err := userOf(conn)
	if err != nil {
		return err
	}
	if known && uid != os.Getuid() && uid != 0 {
		return fmt.Errorf("it belongs to user %d: run this command as that user", uid)
	}
	return nil
}

func peerOf(conn net.Conn) (uid int, known bool, err error) {
	u, ok := conn.(*net.UnixConn)
	if !ok {
		return 0, false, nil
	}
	return userOf(u)
}
