"""Engines that look at a contract or an offer: text or answers in, an explained result out. No models, nothing kept."""
