// Command forever has workers that never return, and waits for them.
package main

import (
	"fmt"
	"os"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	ready, start := make(chan int), make(chan int)
	for id := range len(os.Args) {
		wg.Add(1)
		go func() {
			work(id, ready, start)
			wg.Done()
		}()
		<-ready
	}
	close(start)
	wg.Wait()
}

func work(id int, ready chan<- int, start <-chan int) {
	ready <- id
	<-start
	for {
		time.Sleep(time.Second)
		if _, err := fmt.Println(id); err != nil {
			panic(err)
		}
	}
}
