package crosspkg

import "example.com/corpus/silent/crosspkg/crowd"

// Mourn closes the channel when its sender is dead, which a function of another
// package waits for. It is unknown what that does where the rest of what the package
// does is too much to be explored.
func Mourn(words []string, say func(string) error) []string {
	g := crowd.Dig()
	answers := make(chan string, 1)
	go func() {
		defer g.Lie()
		for _, w := range words {
			if say(w) == nil {
				answers <- w
				return
			}
		}
	}()
	c := crowd.Gather(say)
	for _, w := range words {
		c.Tell(w)
	}
	c.Disperse()
	g.Mourn()
	close(answers)
	var all []string
	for a := range answers {
		all = append(all, a)
	}
	return all
}
