package absent

import "net"

// Greet waits for a greeting that only the port of the service gets.
func Greet(host, port string) error {
	conn, err := net.Dial("tcp", net.JoinHostPort(host, port))
	greeted := make(chan error, 1)
	if conn != nil && port == "4222" {
		go func() {
			_, err := conn.Write([]byte("hello"))
			greeted <- err
		}()
	}
	if err == nil {
		err = <-greeted // want "receive from greeted blocks for ever"
		conn.Close()
	}
	return err
}

// GreetFixed waits for a greeting where there is one.
func GreetFixed(host, port string) error {
	conn, err := net.Dial("tcp", net.JoinHostPort(host, port))
	greeted := make(chan error, 1)
	if conn != nil && port == "4222" {
		go func() {
			_, err := conn.Write([]byte("hello"))
			greeted <- err
		}()
	}
	if err == nil && port == "4222" {
		err = <-greeted
		conn.Close()
	}
	return err
}
