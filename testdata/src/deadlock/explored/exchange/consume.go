package exchange

// Msg is a message that has to be acknowledged.
type Msg struct {
	Body string
	ack  chan bool
}

// Consume handles the messages one after the other, each of which is
// acknowledged before the next one is sent.
func Consume(bodies []string, handle func(string) error) (acks int) {
	msgs := make(chan Msg)
	go func() {
		for m := range msgs {
			if err := handle(m.Body); err != nil {
				continue
			}
			m.ack <- true
		}
	}()
	defer close(msgs)
	for _, b := range bodies {
		m := Msg{Body: b, ack: make(chan bool)}
		msgs <- m
		if <-m.ack { // want "receive from m.ack blocks for ever"
			acks++
		}
	}
	return acks
}

// ConsumeFixed handles the messages one after the other, each of which is
// acknowledged before the next one is sent.
func ConsumeFixed(bodies []string, handle func(string) error) (acks int) {
	msgs := make(chan Msg)
	go func() {
		for m := range msgs {
			if err := handle(m.Body); err != nil {
				m.ack <- false
				continue
			}
			m.ack <- true
		}
	}()
	defer close(msgs)
	for _, b := range bodies {
		m := Msg{Body: b, ack: make(chan bool)}
		msgs <- m
		if <-m.ack {
			acks++
		}
	}
	return acks
}
