package crosspkg

import (
	"time"

	"example.com/corpus/goroutineleak/crosspkg/server"
)

// StartAll starts servers one after the other. What one of them leaves behind is
// told where it happens, for nobody who starts one can help it.
func StartAll(names []string, answers func(string) bool) error {
	for _, n := range names {
		if err := server.Start(func() bool { return answers(n) }, time.Minute); err != nil {
			return err
		}
	}
	return nil
}

// StartNearest starts a server, by way of a function that calls the one that leaves
// something behind.
func StartNearest(names []string, distance map[string]int, answers func(string) bool) error {
	return server.StartNearest(names, func(n string) bool { return distance[n] > 10 }, answers, time.Minute)
}
