package doublesend

import "fmt"

// Mailer delivers messages.
type Mailer interface {
	Send(to, text string) error
}

// Notify writes to a user and tells whether the message was accepted. A user
// without an address is told by the fallback.
func Notify(m Mailer, addr, text string, fallback func(text string)) bool {
	accepted := make(chan bool)
	go func() {
		defer func() { accepted <- true }() // want "send on accepted blocks for ever"
		if addr == "" {
			fallback(text)
			accepted <- false
			return
		}
		if err := m.Send(addr, text); err != nil {
			fallback(fmt.Sprintf("%s (%v)", text, err))
			accepted <- false
			return
		}
	}()
	return <-accepted
}

// NotifyFixed writes to a user and tells whether the message was accepted. A user
// without an address is told by the fallback.
func NotifyFixed(m Mailer, addr, text string, fallback func(text string)) bool {
	accepted := make(chan bool)
	go func() {
		ok := false
		defer func() { accepted <- ok }()
		if addr == "" {
			fallback(text)
			return
		}
		if err := m.Send(addr, text); err != nil {
			fallback(fmt.Sprintf("%s (%v)", text, err))
			return
		}
		ok = true
	}()
	return <-accepted
}
