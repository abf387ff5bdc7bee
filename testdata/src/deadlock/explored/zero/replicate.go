package zero

import "time"

// Copy is where a value is written to.
type Copy interface {
	Write(key, value string) error
}

// Replicate writes a value to all copies and returns once most of them have it.
func Replicate(copies []Copy, key, value string) {
	acks := make(chan struct{}, len(copies))
	for _, c := range copies {
		go func() {
			for c.Write(key, value) != nil {
				time.Sleep(time.Second)
			}
			acks <- struct{}{}
		}()
	}
	need := len(copies)/2 + 1
	for range need {
		<-acks // want "receive from acks blocks for ever"
	}
}

// ReplicateFixed writes a value to all copies and returns once most of them have it.
func ReplicateFixed(copies []Copy, key, value string) {
	acks := make(chan struct{}, len(copies))
	for _, c := range copies {
		go func() {
			for c.Write(key, value) != nil {
				time.Sleep(time.Second)
			}
			acks <- struct{}{}
		}()
	}
	if len(copies) == 0 {
		return
	}
	need := len(copies)/2 + 1
	for range need {
		<-acks
	}
}
