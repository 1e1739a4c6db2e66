// The weights of the slider and the page's address, which names one of them: functions of values, which need no page.

const addressOf = (weight) => `#image-weight=${weight}`;

// The position, on the scale, of the weight nearest to that of an address; null when the address names none.
const positionIn = (address, weights) => {
  const match = /^#image-weight=([01](?:\.\d+)?)$/.exec(address);
  if (!match) return null;
  const distance = (weight) => Math.abs(weight - Number(match[1]));
  return weights.reduce((best, weight, position) => (distance(weight) < distance(weights[best]) ? position : best), 0);
};
